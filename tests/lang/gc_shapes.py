# A place in the program remembers where the attributes of instances are, by their layout. Layouts of classes that died, and new ones where they were.
import gc


def read(o): return o.x
def change(o, v): o.x = v


wrong, state = 0, 1
for i in range(2400):
    state = state * 6364136223846793005 + 1442695040888963407 & 0xFFFFFFFFFFFFFFFF
    count, chance = (state >> 33) % 20, (state >> 40) % 10
    names = {}
    before = "; ".join(f"self.a{k} = 'foo'" for k in range(count)) or "pass"
    exec(f"class C:\n def __init__(self):\n  {before}\n  self.x = {i}\n", names)
    o = names["C"]()
    if not chance and read(o) != i:
        wrong += 1
    if chance == 1:
        change(o, -i)
        wrong += o.x != -i
    del o, names
    gc.collect()
print("wrong:", wrong)

for generation in 0, 2, 3, -1, "x":
    try:
        gc.collect(generation)
        print(generation, "collected")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
