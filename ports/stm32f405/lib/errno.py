"""Numbers of errors: Linux's, of those that a device knows."""

errorcode = {1: "EPERM", 2: "ENOENT", 4: "EINTR", 5: "EIO", 9: "EBADF", 11: "EAGAIN", 12: "ENOMEM", 13: "EACCES", 16: "EBUSY", 17: "EEXIST", 19: "ENODEV",
             20: "ENOTDIR", 21: "EISDIR", 22: "EINVAL", 24: "EMFILE", 27: "EFBIG", 28: "ENOSPC", 29: "ESPIPE", 30: "EROFS", 36: "ENAMETOOLONG",
             38: "ENOSYS", 39: "ENOTEMPTY", 110: "ETIMEDOUT"}
globals().update((name, number) for number, name in errorcode.items())
