export type Xml = string | number | boolean | readonly Xml[] | { readonly [name: string]: Xml | undefined };

/** `{ A: { B: "1" } }` as `<A><B>1</B></A>`; a list is its element as often as it has items. */
export function xml(value: { readonly [name: string]: Xml | undefined }): string {
  return Object.entries(value)
    .map(([name, inner]) => {
      if (inner === undefined) return "";
      if (Array.isArray(inner)) return inner.map((item: Xml) => element(name, item)).join("");
      return element(name, inner);
    })
    .join("");
}

/** What follows the name in the opening tag stays there: attributes. */
function element(opening: string, value: Xml): string {
  const [name = ""] = opening.split(" ");
  const isPlain = typeof value !== "object";
  const inner = isPlain ? escaped(String(value)) : xml(value as { readonly [name: string]: Xml });
  return `<${opening}>${inner}</${name}>`;
}

export const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** The text of every element of that name, in their order. */
export function textsOf(document: string, name: string): string[] {
  const elements = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`, "g");
  return [...document.matchAll(elements)].map(([, text = ""]) => unescaped(text));
}

function unescaped(text: string): string {
  return text
    .replace(/&(lt|gt|quot|apos|#34|#39);/g, (_, name: string) => PLAIN[name] ?? "")
    .replaceAll("&amp;", "&");
}

const PLAIN: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#34": '"',
  "#39": "'",
};
