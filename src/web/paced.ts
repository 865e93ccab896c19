import type { Store } from '../client/index.ts';

/** A page that nobody sees gets no frames, and must not fall behind for ever. */
const HIDDEN_MS = 250;

/** More often nobody can read, and the keys must have their turn. */
const PAUSE_MS = 33;

/** The same store: heard with the next frame after a pause, and 30 times a second in a flood. */
export function paced<T>({ get, subscribe }: Store<T>): Store<T> {
  return {
    get,
    subscribe: (listener) => {
      let cancel: (() => void) | undefined;
      let told = 0;
      const tell = () => {
        cancel = undefined;
        listener();
        told = performance.now();
      };
      const stop = subscribe(() => {
        cancel ??= nextFrame(told + PAUSE_MS, tell);
      });
      return () => {
        stop();
        cancel?.();
      };
    },
  };
}

/** Runs it in the first frame from `due` on, by the page's clock; the function it returns calls it off. */
function nextFrame(due: number, run: () => void): () => void {
  let frame = 0;
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const look = (now: number) => {
    if (now < due) frame = requestAnimationFrame(look);
    else {
      cancel();
      run();
    }
  };
  const timer = setTimeout(() => look(Number.POSITIVE_INFINITY), HIDDEN_MS);
  frame = requestAnimationFrame(look);
  return cancel;
}
