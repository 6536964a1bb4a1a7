# click: a command line with groups, options and checks, through its own test runner.
import click
from click.testing import CliRunner


@click.group()
@click.option("--debug/--no-debug", default=False, help="Say more.")
@click.pass_context
def main(ctx, debug):
    """Talks to sensors."""
    ctx.ensure_object(dict)
    ctx.obj["debug"] = debug


@main.command()
@click.argument("name")
@click.option("-n", "--count", type=click.IntRange(1, 5), default=1, show_default=True, help="How often.")
@click.option("--unit", type=click.Choice(["C", "F"]), default="C")
@click.pass_obj
def read(obj, name, count, unit):
    """Reads NAME."""
    for i in range(count):
        click.echo(f"{name} {i} {unit} {obj['debug']}")


@main.command(name="set")
@click.argument("pairs", nargs=-1, required=True)
@click.confirmation_option(prompt="Sure?")
def set_(pairs):
    click.secho(" ".join(pairs), fg="green")


runner = CliRunner()
for arguments, given in ((["--help"], None), (["read", "--help"], None), (["--debug", "read", "t", "-n", "2"], None), (["read"], None), (["read", "t", "-n", "9"], None),
                         (["read", "t", "--unit", "K"], None), (["set", "a=1", "b=2"], "y\n"), (["set", "a"], "n\n"), (["nothing"], None), (["read", "t", "--bad"], None)):
    result = runner.invoke(main, arguments, input=given, prog_name="tool")
    print(arguments, result.exit_code, result.output)
