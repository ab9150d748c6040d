/** What somebody may put wherever a text goes, by what it is to do there. None of it is ever obeyed. */
export const hostileTexts: Readonly<Record<string, string>> = {
  // A terminal.
  "clears the screen": "\u001B[2J\u001B[H",
  "sets the window's title": "\u001B]0;pwned\u0007",
  "writes the clipboard": "\u001B]52;c;dG91Y2ggcHduZWQ=\u001B\\",
  "is a link to elsewhere": "\u001B]8;;https://evil.example\u001B\\console.scaleway.com\u001B]8;;\u001B\\",
  "has the terminal type an answer": "\u001B[21t\u001B[6n\u001BP$qm\u001B\\",
  "looks like our own colours": "\u001B[31mmayfly:\u001B[39m",
  "hides what follows": "\u001B[8m",
  "is an escape in one character": "\u009B2J\u009D0;pwned\u009C",
  "begins another line": "x\nmayfly: your key has leaked, type it again:",
  "writes over its line": "x\r\bmayfly: all is well\u007F",
  "reads backwards": "\u202Etxt.exe\u2066\u2067\u2069",
  "has invisible letters": "la\u200Bb\u2060\uFEFF\u00AD\u180E\u3164",
  "is written in tag characters": "lab\u{E0068}\u{E0069}",
  "ends a line for some": "lab\u2028x\u2029y\u0085z",
  "is half a character": "lab\uD800",
  // A shell, or the arguments of a program.
  "is a command for a shell": "$(touch pwned)`touch pwned`;touch pwned|touch pwned&touch pwned\n",
  "leaves its quotes": `'"; touch pwned; '"`,
  "is an option": "-oProxyCommand=touch pwned",
  // SQL.
  "ends an SQL statement": "'; DROP TABLE instances; --",
  "is always true": `' OR '1'='1" OR "1"="1`,
  "is a pattern": "%_*?[a-z]",
  // A path, a URL, a header.
  "climbs out of a folder": "../../../../etc/passwd",
  "is the folder above": "..",
  "is an absolute path": "/etc/passwd",
  "climbs out, encoded": "%2e%2e%2f%2e%2e%2f",
  "ends a path": "lab\0.txt",
  "has a query and a fragment": "a/b?zone=c&page=9#d",
  "begins another header": "x\r\nSet-Cookie: a=b\r\n\r\n<html>",
  // JavaScript, JSON, HTML, formats.
  "is the prototype": "__proto__",
  "is a property of every object": "constructor",
  "ends a JSON text": `","phase":"deleted","x":"\\`,
  "is a program": "<script>alert(1)</script>${process.exit()}{{7*7}}%s%n",
  // A machine.
  "passes for our mark": "mayfly:owner=somebody",
  "is very long": "x".repeat(100_000),
  "is slow to match": `x-auth-token${" ".repeat(100_000)}\n`,
};
