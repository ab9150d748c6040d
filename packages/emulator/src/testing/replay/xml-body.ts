/** An XML document as JSON: each element is the list of what it holds under that name; one without elements is its text. */
export function xmlBody(text: string): unknown {
  const tokens = [...text.matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>|([^<]+)/g)];
  let at = 0;
  return inside();

  function inside(): unknown {
    const found: Record<string, unknown[]> = {};
    let plain = "";
    for (; at < tokens.length; at++) {
      const [, closing, name, empty, words] = tokens[at]!;
      if (words !== undefined) plain += words;
      else if (closing) break;
      else if (name !== undefined) {
        at++;
        (found[name] ??= []).push(empty ? "" : inside());
        if (empty) at--;
      }
    }
    return Object.keys(found).length > 0 ? found : plain.trim();
  }
}
