import type { Context } from "./context.ts";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MS = 100;

/** What happens meanwhile, on standard error: a line that moves on a terminal, plain lines otherwise, nothing for programs. */
export interface Progress {
  /** Something happened: stays. */
  happened(text: string): void;
  stop(): void;
}

/** @param status the moving line, asked for ten times a second on a terminal */
export function createProgress(context: Context, status: () => string): Progress {
  let frame = 0;
  const clear = () => context.live && context.redraw("");
  const draw = () => {
    frame = (frame + 1) % FRAMES.length;
    // A line that wraps could not be taken back.
    context.redraw(`${FRAMES[frame]} ${status().slice(0, context.width - 3)}`);
  };
  const timer = context.live ? setInterval(draw, FRAME_MS) : undefined;
  return {
    happened(text) {
      if (context.json) return;
      clear();
      context.note(text);
    },
    stop() {
      clearInterval(timer);
      clear();
    },
  };
}

/** `[██████░░░░]`, `done` of 1. */
export function progressBar(done: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, done)) * width);
  return `${"█".repeat(full)}${"░".repeat(width - full)}`;
}
