/** One server-sent event. */
export interface ServerSentEvent {
  id: string;
  data: string;
}

/** Reads `text/event-stream`; ends when the text does. An event cut off in the middle is not given. */
export async function* readEvents(chunks: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let rest = "";
  for await (const chunk of chunks) {
    rest += chunk.replaceAll("\r\n", "\n");
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      const event = parse(rest.slice(0, end));
      rest = rest.slice(end + 2);
      if (event.data !== "") yield event;
    }
  }
}

function parse(block: string): ServerSentEvent {
  const event: ServerSentEvent = { id: "", data: "" };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (line.startsWith("id:")) event.id = value;
    if (line.startsWith("data:")) event.data += event.data === "" ? value : `\n${value}`;
  }
  return event;
}
