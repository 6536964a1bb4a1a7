"""What CPython's tests need of test.support.script_helper; without the module subprocess the tests are skipped."""

import collections
import os
import sys
import unittest

_PythonRunResult = collections.namedtuple("_PythonRunResult", ("rc", "out", "err"))


def _subprocess():
    try:
        import subprocess
    except ImportError:
        raise unittest.SkipTest("no module subprocess")
    return subprocess


def interpreter_requires_environment():
    return False


def run_python_until_end(*args, __isolated=True, __cleanenv=False, __cwd=None, **env_vars):
    """Run this interpreter; its exit code, output and errors, and the command."""
    subprocess = _subprocess()
    command = [sys.executable]
    if __isolated and not env_vars:
        command.append("-I")
    elif not env_vars and not __isolated:
        command.append("-E")
    command.extend(args)
    env = {} if __cleanenv else dict(os.environ)
    env.update(env_vars)
    done = subprocess.run(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=__cwd)
    return _PythonRunResult(done.returncode, done.stdout, done.stderr), command


def _assert_python(expected_success, /, *args, **env_vars):
    result, command = run_python_until_end(*args, **env_vars)
    if bool(result.rc) == expected_success:
        raise AssertionError(f"Process return code is {result.rc}\ncommand line: {command!r}\n\nstdout:\n---\n"
                             f"{result.out.decode('ascii', 'replace')}\n---\n\nstderr:\n---\n{result.err.decode('ascii', 'replace')}\n---")
    return result


def assert_python_ok(*args, **env_vars):
    """It ends with 0."""
    return _assert_python(True, *args, **env_vars)


def assert_python_failure(*args, **env_vars):
    """It does not end with 0."""
    return _assert_python(False, *args, **env_vars)


def spawn_python(*args, **kw):
    subprocess = _subprocess()
    return subprocess.Popen([sys.executable, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **kw)


def kill_python(p):
    p.stdin.close()
    data = p.stdout.read()
    p.stdout.close()
    p.wait()
    return data


def make_script(script_dir, script_basename, source, omit_suffix=False):
    """Write a module; its path."""
    import importlib
    path = os.path.join(script_dir, script_basename + ("" if omit_suffix else ".py"))
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    importlib.invalidate_caches()
    return path
