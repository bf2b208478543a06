"""Everyday words for groups of ImageNet's 1000 classes: a person asks for a dog, not a Borzoi.

The classes of living things stand in the order of WordNet's tree, so a group is a few runs of
numbers; those of made things stand by alphabet, so theirs are many.
"""

from __future__ import annotations

import functools

_GROUPS = """
animal: 0-397
fish: 0-6 389-397
shark: 2-4
bird: 7-24 80-100 127-146
chicken: 7-8
bird of prey: 21-24
owl: 24
parrot: 87-90
duck: 97-98
swan: 100
frog: 30-32
amphibian: 25-32
turtle: 33-37
lizard: 38-48
reptile: 33-68
crocodile: 49-50
dinosaur: 51
snake: 52-68
spider: 72-77
kangaroo: 104
snail: 113-114
shell: 112-113 117
crab: 118-121 125
lobster: 122-124
stork: 127-128
wading bird: 127-142
penguin: 145
whale: 147-148
seal: 149-150
dog: 151-268
puppy: 151-157 254
wolf: 269-272
wild dog: 273-276
fox: 277-280
cat: 281-285
big cat: 286-293
bear: 294-297
insect: 300-326
beetle: 300-307
butterfly: 321-326
dragonfly: 319-320
starfish: 327
rabbit: 330-332
rodent: 333-338
squirrel: 335
horse: 339 603
pig: 341-343
cow: 345-347
sheep: 348-349
goat: 350
deer, antelope: 350-353
camel: 354
weasel: 356-362
monkey: 365-384
elephant: 101 385-386
panda: 387-388
sea, underwater: 1-6 107-109 118-119 147-150 327-329 389-397 973 983
musical instrument: 401-402 420 432 486 494 513 541-542 546 558 566 577 579 593-594 641-642
musical instrument: 683-684 687 699 776 822 875 881 889
guitar: 402 420 546
piano: 579 687 881
trumpet: 513 566 875
drum: 541-542 822
airplane: 404-405 895 908
ship, boat: 403 472 484 510 554 576 625 628 724 780 814 833 871 914
sailing boat: 484 724 780 871 914
train: 466 547 565 705 820 829
car: 407 436 468 475 479 511 581 609 627 656 661 717 734 751 817
truck: 555 569 675 717 864 867
bus: 654 779 874
vehicle: 407-408 436 444 468 511 555 561 565 569 573 575 586 595 609 612 621 627 654 656 660-661
vehicle: 665 670-671 675 705 717 734 751 757 779 802-803 817 829 847 856 864 866-867 870 874
bicycle: 444 671 870 880
motorcycle: 665 670
rocket: 657 744 812
weapon: 413 471 657 763-764
building: 410 424-425 437 448-449 483 497-498 500 538 580 624 634 660 663 668 698 727 743 762 832
building: 853 858 900 915
church: 442 497 663 668
castle, palace: 483 698
tower: 437 682 900
bridge: 718 821 839 888
shop: 415 424 454 467 509 582 762 788 860 865
wall: 460 825
fence: 489 716 912
roof: 538 853 858
clock: 409 530-531 604 826 835 892
watch: 531
bottle: 440 720 737 898 899 901 907
glass: 440-441 572 907
cup: 504 572 968
coffee: 504-505 550 967
tea: 505 849
drink: 440 503 505 550 849 907 966-967 969
computer: 508 527 590 620 664 673 681 782 810
laptop: 620 681
screen: 664 782 851
phone: 487 528 707
camera: 622 732 759
sofa: 831
bed: 431 520 564
chair: 423 559 765 857
table: 526 532 736
furniture: 423 431 453 492-493 495 516 520 526 532 548 553 559 564 648 703 765 831 857 894
lamp: 470 619 846
kitchen: 469 473 499 505 521 534 544 550 567 618 647 651 659 729 760 766 827 859 891 909
tool: 473 477 499 512 587 596 730 740 783-784 792
ball: 429-430 522 574 722 746 768 805 852 890
sport: 416 422 429-430 522 543 560 574 602 702 722 736 746 747 752 768 795 801 805 852 890 981
clothes: 399-400 411 445 451 457 474 501 568 578 601 608 610 614 617 638-639 652 655 658 689 697
clothes: 735 775 834 841-842 869 887 906
dress: 578 601 614 655 689
hat: 439 452 515 518 560 715 793 808
helmet: 518 560 715
shoes: 502 514 630 770 774 788
bag: 414 636 728 748 797
jewellery: 679
glasses: 836-837
toy: 843 850 865
teddy bear: 850
bath: 433-435 861 876 896
text: 549 916-919 921-922
screenshot: 916
sign: 919-920
book: 453-454 624 917 921
newspaper, puzzle: 611 918
food: 923-969
dessert: 927-929 960
bread: 930-932 961
vegetable: 935-947 987
pumpkin: 607 940-942
fruit: 948-957
apple: 948
sausage: 934
egg: 969
mountain: 970 972 976 979-980
beach: 975-978
water: 460 536 562 718 975-978
lake: 975
landscape: 970 972 975-980
person: 981-983
flower: 984-986 738
plant: 580 738 984-990
nut: 988 990
mushroom: 947 991-997
"""

# What the detector finds, by the numbers of COCO, which leave some out.
_OBJECTS = """
1 person, 2 bicycle, 3 car, 4 motorcycle, 5 airplane, 6 bus, 7 train, 8 truck, 9 boat, 10 traffic
light, 11 fire hydrant, 13 stop sign, 14 parking meter, 15 bench, 16 bird, 17 cat, 18 dog, 19
horse, 20 sheep, 21 cow, 22 elephant, 23 bear, 24 zebra, 25 giraffe, 27 backpack, 28 umbrella, 31
handbag, 32 tie, 33 suitcase, 34 frisbee, 35 skis, 36 snowboard, 37 ball, 38 kite, 39 baseball
bat, 40 baseball glove, 41 skateboard, 42 surfboard, 43 tennis racket, 44 bottle, 46 wine glass,
47 cup, 48 fork, 49 knife, 50 spoon, 51 bowl, 52 banana, 53 apple, 54 sandwich, 55 orange, 56
broccoli, 57 carrot, 58 hot dog, 59 pizza, 60 donut, 61 cake, 62 chair, 63 couch, 64 potted plant,
65 bed, 67 dining table, 70 toilet, 72 television, 73 laptop, 74 computer mouse, 75 remote
control, 76 keyboard, 77 mobile phone, 78 microwave, 79 oven, 80 toaster, 81 sink, 82
refrigerator, 84 book, 85 clock, 86 vase, 87 scissors, 88 teddy bear, 89 hair dryer, 90 toothbrush
"""


@functools.cache
def groups() -> dict[str, tuple[int, ...]]:
    """Word → the classes in it."""
    found: dict[str, tuple[int, ...]] = {}
    for line in _GROUPS.strip().splitlines():
        word, _, runs = line.partition(": ")
        members = (number for run in runs.split() for number in _run(run))
        found[word] = (*found.get(word, ()), *members)
    return found


@functools.cache
def objects() -> dict[int, str]:
    """The detector's number → word."""
    entries = (entry.split() for entry in _OBJECTS.split(","))
    return {int(number): " ".join(words) for number, *words in entries}


def _run(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)
