"""What an X server says of the screen: whether a program fills it, and when it was last touched.

By libxcb itself, which returns errors; Xlib ends the process for a window that has just gone.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_uint8, c_uint16, c_uint32, c_void_p

ANY = 0  # XCB_ATOM_ANY
MOST = 64  # atoms of a window's state that are read


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", c_uint32),)


class _Roots(ctypes.Structure):
    _fields_ = (("data", POINTER(c_uint32)), ("rem", c_int), ("index", c_int))


class _Idle(ctypes.Structure):  # xcb_screensaver_query_info_reply_t
    _fields_ = (
        *(("type", c_uint8), ("state", c_uint8), ("sequence", c_uint16), ("length", c_uint32)),
        *(("window", c_uint32), ("until_ms", c_uint32), ("since_ms", c_uint32)),
    )


class Screen:
    """Asks the X server of DISPLAY; from one thread. None where it does not answer."""

    def __init__(self) -> None:
        self._xcb: ctypes.CDLL | None = None
        self._saver: ctypes.CDLL | None = None
        self._connection = c_void_p()
        self._root = 0
        self._tried = False

    def full(self) -> bool | None:
        if not self._connected():
            return None
        active = self._numbers(self._root, "_NET_ACTIVE_WINDOW")
        if not active:
            managed = self._numbers(self._root, "_NET_SUPPORTING_WM_CHECK")
            return False if managed else None  # nobody who would say so
        full = self._atom("_NET_WM_STATE_FULLSCREEN")
        return bool(full) and full in self._numbers(active[0], "_NET_WM_STATE")

    def untouched_s(self) -> float | None:
        if not self._connected() or self._saver is None:
            return None
        cookie = self._saver.xcb_screensaver_query_info(self._connection, self._root)
        reply = self._saver.xcb_screensaver_query_info_reply(self._connection, cookie, None)
        if not reply:
            return None
        since_ms = ctypes.cast(reply, POINTER(_Idle)).contents.since_ms
        _free(reply)
        return float(since_ms) / 1000

    def _connected(self) -> bool:
        if not self._tried:
            self._tried = True
            try:
                self._open()
            except (OSError, AttributeError, ValueError):  # no such library, or another one
                self._xcb = None
        return self._xcb is not None and not self._xcb.xcb_connection_has_error(self._connection)

    def _open(self) -> None:
        xcb = ctypes.CDLL("libxcb.so.1")
        xcb.xcb_connect.restype = xcb.xcb_get_setup.restype = c_void_p
        xcb.xcb_setup_roots_iterator.restype = _Roots
        xcb.xcb_setup_roots_iterator.argtypes = (c_void_p,)
        for name in ("xcb_get_setup", "xcb_connection_has_error"):
            getattr(xcb, name).argtypes = (c_void_p,)
        xcb.xcb_intern_atom.argtypes = (c_void_p, c_uint8, c_uint16, c_char_p)
        xcb.xcb_get_property.argtypes = (c_void_p, c_uint8, *(c_uint32,) * 5)
        for name in ("xcb_intern_atom", "xcb_get_property"):
            getattr(xcb, name).restype = _Cookie
            reply = getattr(xcb, f"{name}_reply")
            reply.restype, reply.argtypes = c_void_p, (c_void_p, _Cookie, c_void_p)
        xcb.xcb_get_property_value.restype = c_void_p
        for name in ("xcb_get_property_value", "xcb_get_property_value_length"):
            getattr(xcb, name).argtypes = (c_void_p,)
        self._connection = c_void_p(xcb.xcb_connect(None, None))
        self._xcb = xcb
        if not xcb.xcb_connection_has_error(self._connection):
            roots = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(self._connection))
            self._root = roots.data[0]
            self._saver = self._open_saver(xcb)

    def _open_saver(self, xcb: ctypes.CDLL) -> ctypes.CDLL | None:
        try:
            saver = ctypes.CDLL("libxcb-screensaver.so.0")
            extension = c_int.in_dll(saver, "xcb_screensaver_id")
        except (OSError, ValueError):
            return None
        xcb.xcb_get_extension_data.restype = POINTER(c_uint8)
        xcb.xcb_get_extension_data.argtypes = (c_void_p, c_void_p)
        about = xcb.xcb_get_extension_data(self._connection, byref(extension))
        if not about or not about[8]:  # `present`; asking without it would end the connection
            return None
        ask, answer = saver.xcb_screensaver_query_info, saver.xcb_screensaver_query_info_reply
        ask.restype, ask.argtypes = _Cookie, (c_void_p, c_uint32)
        answer.restype, answer.argtypes = c_void_p, (c_void_p, _Cookie, c_void_p)
        return saver

    def _atom(self, name: str) -> int:
        assert self._xcb is not None  # noqa: S101  # for the checker of types: it is connected
        encoded = name.encode()
        cookie = self._xcb.xcb_intern_atom(self._connection, 1, len(encoded), encoded)
        reply = self._xcb.xcb_intern_atom_reply(self._connection, cookie, None)
        if not reply:
            return 0
        atom = ctypes.cast(reply, POINTER(c_uint32))[2]
        _free(reply)
        return int(atom)

    def _numbers(self, window: int, name: str) -> tuple[int, ...]:
        """The 32 bit numbers of a property; none when the window or the property is not there."""
        atom = self._atom(name)
        if self._xcb is None or not atom or not window:
            return ()
        cookie = self._xcb.xcb_get_property(self._connection, 0, window, atom, ANY, 0, MOST)
        reply = self._xcb.xcb_get_property_reply(self._connection, cookie, None)
        if not reply:
            return ()
        count = self._xcb.xcb_get_property_value_length(reply) // 4
        values = ctypes.cast(self._xcb.xcb_get_property_value(reply), POINTER(c_uint32))
        found = tuple(int(values[at]) for at in range(count))
        _free(reply)
        return found


def _free(reply: int) -> None:
    libc = ctypes.CDLL(None)
    libc.free.argtypes = (c_void_p,)
    libc.free(reply)
