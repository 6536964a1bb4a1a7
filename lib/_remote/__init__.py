"""krait remote: files, programs and the prompt of a board at the end of a wire. See docs/repl.md."""
