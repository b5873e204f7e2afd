"""Writes gzip.json and tar.json: archives made by Python's gzip, zlib and tarfile, in base64, and what they hold."""

import base64
import gzip
import hashlib
import io
import json
import pathlib
import random
import struct
import tarfile
import zlib

folder = pathlib.Path(__file__).parent
random.seed(231)


def b64(data):
    return base64.b64encode(data).decode()


def write(name, cases):
    (folder / name).write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")


# gzip

words = "the mean image of all training images is subtracted from every image before it enters the network".split()
prose = " ".join(random.choice(words) for _ in range(12_000)).encode()
noise = random.randbytes(3000)
far = noise[:900] + bytes(31_868) + noise[:900]
contents = {
    "empty": b"",
    "one byte": b"a",
    "short text": b"hello, hello, hello",
    "random bytes": noise,
    "a long run": b"a" * 300_000,
    "runs of all periods": b"".join(noise[: 1 + k] * (300 // (1 + k)) for k in range(40)),
    "prose": prose,
    "copies from as far back as possible": far,
    "all bytes": bytes(range(256)) * 30,
}


def member(data, level=9, strategy=zlib.Z_DEFAULT_STRATEGY, flags=0, fields=b""):
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    header = b"\x1f\x8b\x08" + bytes([flags]) + b"\0\0\0\0\x02\x03" + fields
    if flags & 2:
        header += struct.pack("<H", zlib.crc32(header) & 0xFFFF)
    return header + deflate.compress(data) + deflate.flush() + struct.pack("<II", zlib.crc32(data), len(data))


cases = []


def add(name, archive, data):
    cases.append({"name": name, "archive": b64(archive), "length": len(data), "digest": hashlib.sha256(data).hexdigest()})


for name, data in contents.items():
    add(f"{name}, level 9", gzip.compress(data, 9, mtime=0), data)
    add(f"{name}, level 1", member(data, 1), data)
    if len(data) < 10_000:
        add(f"{name}, stored", member(data, 0), data)
    add(f"{name}, fixed codes", member(data[:20_000], 9, zlib.Z_FIXED), data[:20_000])
    add(f"{name}, codes alone", member(data[:5_000], 9, zlib.Z_HUFFMAN_ONLY), data[:5_000])
add("stored blocks of more than 64 KB", gzip.compress(member(bytes(70_000), 0), mtime=0), member(bytes(70_000), 0))
add("three members", b"".join(gzip.compress(d, mtime=0) for d in (b"one ", b"", b"two")), b"one two")
add("padding", gzip.compress(b"padded", mtime=0) + bytes(700), b"padded")
add("all header fields", member(b"fields", 9, flags=0x1F, fields=struct.pack("<H", 5) + b"extra" + b"name\0" + b"comment\0"), b"fields")
add("a stored block of the largest size", gzip.compress(prose, 0, mtime=0)[:0] + member(prose[:3000] + b"", 0), prose[:3000])
write("gzip.json", cases)

# tar

tars = []


def archive(format, *entries, **options):
    """A tar archive of entries (path, contents or None for a folder or a type character)."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=format, **options) as tar:
        for path, what in entries:
            info = tarfile.TarInfo(path)
            if what is None:
                info.type = tarfile.DIRTYPE
                tar.addfile(info)
            elif isinstance(what, str):
                info.type = what.encode()
                info.linkname = "target"
                tar.addfile(info)
            else:
                info.size = len(what)
                tar.addfile(info, io.BytesIO(what))
    return buffer.getvalue()


def good(name, data, *entries):
    tars.append({"name": name, "archive": b64(gzip.compress(data, mtime=0)), "entries": [
        {"path": p, "digest": None if c is None else hashlib.sha256(c).hexdigest()} for p, c in entries]})


def bad(name, data, error):
    tars.append({"name": name, "archive": b64(gzip.compress(data, mtime=0)), "entries": [], "error": error})


tree = [("data", None), ("data/a.bin", noise), ("data/empty", b""), ("data/b.bin", b"x" * 512), ("readme.txt", b"hello")]
for label, format in (("ustar", tarfile.USTAR_FORMAT), ("GNU", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT)):
    good(f"a small tree, {label}", archive(format, *tree), *tree)
    long = "folder/" * 20 + "file" * 20 + ".txt"
    good(f"a long name, {label}", archive(format, (long, b"long")), (long, b"long"))
    name = "Bäume/日本.txt"
    good(f"a name beyond ASCII, {label}", archive(format, (name, b"utf-8")), (name, b"utf-8"))
    bad(f"an absolute path, {label}", archive(format, ("/etc/passwd", b"root")), "“/etc/passwd” is an absolute path")
    bad(f"a path that leads out, {label}", archive(format, ("a/../../b", b"out")), "“a/../../b” leads out of the folder")
    bad(f"a long path that leads out, {label}", archive(format, ("../" + long, b"out")), "leads out of the folder")
    bad(f"a hard link, {label}", archive(format, ("a", "1")), "“a” is a link")
    bad(f"a symbolic link, {label}", archive(format, ("a", "2")), "“a” is a link")
    for kind in "346":
        bad(f"a device or pipe {kind}, {label}", archive(format, ("a", kind)), "“a” is a device or a pipe")
good("dots in paths", archive(tarfile.GNU_FORMAT, ("./", None), ("./a/./b.txt", b"dots")), ("", None), ("a/b.txt", b"dots"))
good("a very long name, GNU", archive(tarfile.GNU_FORMAT, ("d/" * 400 + "f", b"x")), ("d/" * 400 + "f", b"x"))
good("records for all, pax", archive(tarfile.PAX_FORMAT, ("a", b"x"), pax_headers={"comment": "global"}), ("a", b"x"))
good("without an end mark", archive(tarfile.USTAR_FORMAT, ("a", b"x"))[:1024], ("a", b"x"))
bad("a sparse file", archive(tarfile.GNU_FORMAT, ("a", "S")), "“a” is neither a file nor a folder")
bad("cut in a header", archive(tarfile.USTAR_FORMAT, *tree)[:700], "the archive ends in the middle")
bad("cut in a file", archive(tarfile.USTAR_FORMAT, *tree)[:1600], "the archive ends in the middle")
bad("nothing", b"", "this is not a tar archive")
bad("text", prose[:2000], "this is not a tar archive")
ustar = bytearray(archive(tarfile.USTAR_FORMAT, *tree))
ustar[512 + 3] ^= 1
bad("a changed header", bytes(ustar), "the checksum of a header is wrong")
write("tar.json", tars)
print(len(cases), "gzip files,", len(tars), "tar archives")
