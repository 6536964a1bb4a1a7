"""What paths of all systems have in common; on this one, it is in posixpath."""

from posixpath import (commonprefix, exists, getatime, getctime, getmtime, getsize, isdevdrive, isdir, isfile, isjunction, islink, lexists,
                       samefile, sameopenfile, samestat)

__all__ = ["commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdevdrive", "isdir", "isfile", "isjunction",
           "islink", "lexists", "samefile", "sameopenfile", "samestat"]
