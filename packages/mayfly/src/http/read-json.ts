import { limits } from "../api/limits.ts";
import { RequestProblem } from "../api/problem.ts";
import { HttpProblem } from "./http-problem.ts";

/** The request's body as JSON, not looked into yet. What it holds never enters a message: user data may be in it. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new HttpProblem(
      415,
      `the body is ${type ?? "of no named type"}: send it as Content-Type: application/json`,
    );
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestProblem("invalid", "the body is not valid JSON", [
      { path: "", message: "is not valid JSON" },
    ]);
  }
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > limits.bodyBytes) throw tooLarge();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limits.bodyBytes) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

const tooLarge = () =>
  new HttpProblem(413, `the body is larger than ${limits.bodyBytes} bytes`, { Connection: "close" });
