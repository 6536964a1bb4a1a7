# trace_statements.py - the (event, line) pairs of sys.settrace for statements: c call, l line, r return, e exception.
# SPDX-License-Identifier: MIT
from _trace_events import trace_all


def t_pass():
    pass


def t_pass2():
    pass
    pass
    x = 1


def t_try():
    try:
        x = 1
    except ValueError:
        x = 2


def t_try_else():
    try:
        x = 1
    except ValueError:
        x = 2
    else:
        x = 3
    y = 4


def t_try_raise():
    try:
        raise ValueError
    except ValueError:
        x = 2
    else:
        x = 3
    y = 4


def t_try_as():
    try:
        raise ValueError
    except ValueError as e:
        x = 2
    y = 4


def t_try_nomatch():
    try:
        try:
            raise ValueError
        except KeyError:
            x = 2
    except ValueError as e:
        pass
    y = 4


def t_try_multi():
    try:
        raise ValueError
    except KeyError:
        x = 2
    except (TypeError,
            IndexError):
        x = 3
    except ValueError:
        x = 4


def t_finally():
    try:
        x = 1
    finally:
        y = 2
    z = 3


def t_finally_raise():
    try:
        try:
            raise KeyError
        finally:
            y = 2
    except KeyError:
        pass
    return 3


def t_finally_return():
    try:
        return 1
    finally:
        y = 2


def t_return_in_finally():
    try:
        raise KeyError
    finally:
        return 2


def t_try_except_finally():
    try:
        x = 1 / 0
    except ZeroDivisionError:
        x = 2
    finally:
        y = 3
    return y


def t_finally_loop():
    for i in range(3):
        try:
            if i == 0:
                continue
            if i == 1:
                break
        finally:
            x = i
    return x


def t_while_true():
    i = 0
    while True:
        i += 1
        if i == 3:
            break
    return i


def t_while_true_continue():
    i = 0
    while True:
        i += 1
        if i < 3:
            continue
        break


def t_while_cond():
    i = 0
    while i < 3:
        i += 1
    else:
        i = 10
    return i


def t_while_1():
    n = 3
    while 1:
        n -= 1
        if not n:
            return n


def t_while_multiline():
    i = 0
    while (i < 2
           and i >= 0):
        i += 1


def t_while_false():
    while False:
        x = 1
    while 0:
        x = 2
    if False:
        x = 3
    if True:
        x = 4
    else:
        x = 5


def t_for():
    for i in range(3):
        x = i
    else:
        y = 1
    z = 2


def t_for_break():
    for i in range(3):
        if i == 1:
            break
    else:
        y = 1


def t_for_continue():
    for i in range(3):
        if i == 1:
            continue
        x = i


def t_for_multiline():
    for i in (1,
              2):
        x = (i +
             1)


def t_for_empty():
    for i in ():
        x = 1


def t_for_pass():
    for i in range(2):
        pass


def t_for_if_pass():
    for i in range(2):
        if i:
            pass
        else:
            pass


def t_nested_for():
    for i in range(2):
        for j in range(2):
            x = i * j


def t_one_line_loop():
    for i in range(3): x = i
    while i: i -= 1


def t_if_elif():
    for i in range(3):
        if i == 0:
            x = 1
        elif i == 1:
            x = 2
        else:
            x = 3


def t_if_not_else():
    a = 1
    if a:
        x = 2
    y = 3


def t_raise_multi():
    try:
        raise KeyError(
            "a"
        ) from None
    except (
        KeyError,
    ) as e:
        del e


def t_except_star():
    try:
        raise ExceptionGroup("g", [KeyError(), ValueError()])
    except* KeyError:
        x = 1
    except* ValueError as e:
        y = 2
    z = 3


def t_except_star_none():
    try:
        x = 1
    except* KeyError:
        x = 1
    else:
        y = 2


def t_nested_try_loop():
    for i in range(2):
        try:
            if i:
                raise KeyError
        except KeyError:
            continue
        finally:
            x = 1


def t_try_continue():
    for i in range(2):
        try:
            int("x")
        except ValueError:
            continue
        x = 1


def t_try_break_else():
    for i in range(2):
        try:
            x = 1
        except ValueError:
            break
        else:
            break


def t_try_return_except():
    try:
        1 / 0
    except ZeroDivisionError as e:
        return 1


def t_reraise():
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            raise
    except ArithmeticError:
        pass


def t_raise_in_except():
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise KeyError
    except KeyError:
        pass


def t_implicit_return_if():
    if len("a"):
        x = 1
    else:
        x = 2


def t_implicit_return_for():
    for i in range(1):
        if i:
            x = 1


def t_return_none():
    x = 1
    return


def t_return_finally_loop():
    for i in range(2):
        try:
            return i
        finally:
            x = 1
            continue


def t_while_else_break():
    i = 0
    while i < 5:
        i += 1
        if i == 2: break
    else:
        x = 1
    y = 1


def t_while_pass_if():
    i = 3
    while i:
        i -= 1
        if i == 1:
            pass


def t_try_pass():
    try:
        pass
    except KeyError:
        pass
    try:
        pass
    finally:
        pass


def t_try_else_finally():
    try:
        pass
    except KeyError:
        pass
    else:
        pass
    finally:
        pass


def t_if_pass():
    a = 1
    if a:
        pass
    if not a:
        pass
    else:
        pass


def t_loop_return():
    while True:
        for i in range(3):
            if i == 1:
                return i


def t_for_tuple():
    for a, b in [(1, 2), (3, 4)]:
        x = a
    for (a,
         b) in [(1, 2)]:
        pass


def t_try_while():
    i = 0
    while i < 2:
        try:
            i += 1
            if i == 1:
                raise KeyError
        except KeyError:
            pass


trace_all(globals())
