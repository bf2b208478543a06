; The installer for Windows, by Inno Setup 6. Not built yet; the steps are in packaging/README.md.
;   iscc /DSource=DIR\nova-desktop /DIcons=DIR\icons /DVersion=0.1.0 packaging\windows\nova-desktop.iss
[Setup]
AppId={{6E0C0B7B-55D8-4B6E-9C39-0C6F1C1E7A52}
AppName=Nova Desktop
AppVersion={#Version}
AppPublisher=Nova Desktop contributors
DefaultDirName={autopf}\Nova Desktop
DefaultGroupName=Nova Desktop
DisableProgramGroupPage=yes
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesEnvironment=yes
Compression=lzma2/max
SolidCompression=yes
OutputBaseFilename=nova-desktop-{#Version}-setup
SetupIconFile={#Icons}\nova-desktop.ico
UninstallDisplayIcon={app}\nova-desktop-window.exe
LicenseFile=..\..\LICENSE
; SignTool=yours

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\Nova Desktop"; Filename: "{app}\nova-desktop-window.exe"

[Registry]
; "Search with Nova Desktop" for files and folders; the kinds of files keep their own programs.
Root: HKA; Subkey: "Software\Classes\*\shell\nova-desktop"; ValueType: string; ValueData: "Search with Nova Desktop"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\*\shell\nova-desktop\command"; ValueType: string; ValueData: """{app}\nova-desktop-window.exe"" open ""%1"""
Root: HKA; Subkey: "Software\Classes\Directory\shell\nova-desktop"; ValueType: string; ValueData: "Search with Nova Desktop"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\nova-desktop\command"; ValueType: string; ValueData: """{app}\nova-desktop-window.exe"" open ""%1"""

[Run]
Filename: "{app}\nova-desktop-window.exe"; Description: "{cm:LaunchProgram,Nova Desktop}"; Flags: nowait postinstall skipifsilent
