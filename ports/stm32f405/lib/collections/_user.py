"""UserDict and UserList: wrappers to be subclassed, each in a module of its own, since what it derives from takes memory."""


def __getattr__(name):
    if name not in ("UserDict", "UserList"):
        raise AttributeError(f"module 'collections' has no attribute {name!r} on this device")
    value = globals()[name] = getattr(__import__(f"collections._{name.lower()}", fromlist=(name,)), name)
    return value
