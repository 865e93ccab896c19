import type { Store } from '../client/index.ts';

/** A page that nobody sees gets no frames, and must not fall behind for ever. */
const HIDDEN_MS = 250;

/** The same store, heard at most once a frame: a flood of messages is drawn as often as the screen is. */
export function paced<T>({ get, subscribe }: Store<T>): Store<T> {
  return {
    get,
    subscribe: (listener) => {
      let cancel: (() => void) | undefined;
      const tell = () => {
        cancel = undefined;
        listener();
      };
      const stop = subscribe(() => {
        cancel ??= nextFrame(tell);
      });
      return () => {
        stop();
        cancel?.();
      };
    },
  };
}

function nextFrame(run: () => void): () => void {
  let done = false;
  const once = () => {
    if (done) return;
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_MS);
  const cancel = () => {
    done = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  return cancel;
}
