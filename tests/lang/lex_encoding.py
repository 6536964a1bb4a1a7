# lex_encoding.py - source given as bytes: encoding cookies, byte order mark, invalid UTF-8, NUL bytes.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def run(source):
    shown = bytes(source) if isinstance(source, memoryview) else source
    ns = {}
    try:
        exec(compile(source, "<test>", "exec"), ns)
        print(ascii(shown), "->", ascii(ns.get("x")))
    except SyntaxError as e:
        print(ascii(shown), "->", type(e).__name__)
    except Exception as e:
        print(ascii(shown), "->", type(e).__name__, e)


@section
def plain():
    run(b"x = 'abc'")
    run("x = 'é'".encode())
    run(bytearray(b"x = 1"))
    run(memoryview(b"x = 2"))
    run(b"\xef\xbb\xbfx = 'bom'")
    run(b"\xef\xbb\xbf# coding: utf-8\nx = '\xc3\xa9'")
    run(b"")
    run(b"\n\n")
    run(b"x = 1\r\nx += 1\r\n")


@section
def cookies():
    run(b"# -*- coding: latin-1 -*-\nx = '\xe9'")
    run(b"# coding=iso-8859-1\nx = '\xe9'")
    run(b"#!/usr/bin/env krait\n# vim: set fileencoding=utf-8 :\nx = '\xc3\xa9'")
    run(b"# coding: utf8\nx = '\xc3\xa9'")
    run(b"# coding: UTF-8\nx = '\xc3\xa9'")
    run(b"# coding: ascii\nx = 'a'")
    run(b"\n# coding: latin-1\nx = '\xe9'")
    run(b"\n\n# coding: latin-1\nx = '\xc3\xa9'")
    run(b"x = 1 # coding: latin-1\n")
    run("# coding: latin-1\nx = 'é'")


@section
def broken():
    run(b"x = '\xff'")
    run(b"x = '\xc3'")
    run(b"x = '\xed\xa0\x80'")
    run(b"x = '\xf5\x80\x80\x80'")
    run(b"x = '\xc0\x80'")
    run(b"# coding: no-such-codec\nx = 1")
    run(b"\xef\xbb\xbf# coding: latin-1\nx = 1")


@section
def nul():
    for source in ("x = 1\0", b"x = 1\0", "\0", "x = '\0'"):
        try:
            compile(source, "<test>", "exec")
            print("accepted")
        except (SyntaxError, ValueError) as e:
            print(type(e).__name__, e)


@section
def comments():
    run("# é comment\nx = 1 # 日本")
    run("x = 1 # trailing \\\nx += 1")
    run("x = '#not a comment' # comment 'with quotes")
    run("#")
    run("x = [ # c1\n 1, # c2\n]# c3")
    run("x = 1#")


@section
def wrong_types():
    for source in (5, None, [], 1.5):
        try:
            compile(source, "<test>", "exec")
        except TypeError as e:
            print(e)
        try:
            eval(source)
        except TypeError as e:
            print(e)
        try:
            exec(source)
        except TypeError as e:
            print(e)
