class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


def make(depth):
    if depth == 0:
        return Node(None, None)
    return Node(make(depth - 1), make(depth - 1))


def check(node):
    return 1 if node.left is None else 1 + check(node.left) + check(node.right)


def pairs(depth):
    return (pairs(depth - 1), pairs(depth - 1)) if depth else ()


def size(pair):
    return 1 + size(pair[0]) + size(pair[1]) if pair else 1


long_lived = make(13)
total = 0
for i in range(60):
    total += check(make(10)) + size(pairs(10))
print(total, check(long_lived))
