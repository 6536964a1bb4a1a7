"""zlib unpacks: stored blocks, blocks of fixed and of own codes; what is damaged is an error."""
import zlib

FIXED = bytes.fromhex(
    "78da4b542849ad285128c9482c51284a2d484d2c295648c429a6a3909897029448cd53284eac2c567070747276717573f7f0f4f2f6f1f5f30f080c0a0e090d0b8f"
    "888c8a8e898d8b4f484c4a4e494d4bcfc8cccacec9cdcb2f282c2a2e292d2bafa8acaaaea9ad0300d2002d8c")
STORED = bytes.fromhex("7801010300fcff616263024d0127")
OWN = bytes.fromhex(
    "6d524112843008d39ff46b1e3c7446ada3cef4fbbba54842e552694d2004ea929ff4e47dbdd256cac9218eda40673ed234a77b3deea288f6a4f716762e30ffc898"
    "121056f8c0752aee84d45012c881df842264f8e9055c194986263d3ed41735e9f203d04f88360f5030a6587ec240c7fbfe71dd3c35be5534f93c0f0570b2714463"
    "f715ab422157220150a500e7137c710d32d52fde67431d6fec64f438585bd3fc5a441a513a1a8925fb01")


def show(data, *wbits):
    try:
        print(zlib.decompress(data, *wbits))
    except zlib.error as error:
        print(error)


show(FIXED)
show(STORED)
show(OWN, -15)
print(zlib.crc32(FIXED), zlib.adler32(FIXED), zlib.adler32(b"more", zlib.adler32(FIXED)), zlib.adler32(b""))
show(b"")
show(b"abc")
show(FIXED[:-3])
show(FIXED[:-1] + b"?")
show(b"\x07", -15)
show(b"\x01\1\0\0\0x", -15)
