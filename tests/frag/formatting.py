# Text of many lengths: reports and tables built by formatting, joining and growing strings.
def line(n, width):
    return f"{n:>6} | {n * 1.25:>{width}.3f} | {'#' * (n % width):<{width}} | {n:#010x}"


def run(count):
    pages = []
    size = 0
    for n in range(count):
        text = ""
        for k in range(n % 9):
            text += line(n + k, 10 + k) + "\n"
        parts = [str(i) for i in range(n % 40)]
        text += "%s: %s\n" % (n, ",".join(parts))
        pages.append(text.upper().replace(" ", "_") if n % 3 else text)
        if len(pages) > 40:
            size += len(pages.pop(n % 40))
            pages[n % 7] = pages[n % 7][: n % 200]
    return size


print(run(1500))
