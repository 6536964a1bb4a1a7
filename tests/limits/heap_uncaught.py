# options: --heap 8M
x = []
while True:
    x.append([x])
