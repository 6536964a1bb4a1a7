"""Memory of models whose contents live on in a file."""


def load(size: int, file: str | None) -> bytearray:
    """Erased memory of so many bytes, with what the file has; one that is not there, or None, has nothing."""
    memory = bytearray(b"\xff") * size
    if file is not None:
        try:
            with open(file, "rb") as stored:
                data = stored.read(size)
        except FileNotFoundError:
            return memory
        memory[:len(data)] = data
    return memory


def save(memory: bytearray, file: str | None) -> None:
    """Write all of it to the file; None: to nowhere."""
    if file is not None:
        with open(file, "wb") as stored:
            stored.write(memory)
