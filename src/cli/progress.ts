import type { WriteStream } from 'node:tty';
import type { Progress } from '../load/run.ts';

/** One line that rewrites itself on a terminal; elsewhere a line each time. */
export function progressLine(out: WriteStream) {
  let written = false;
  return {
    show(progress: Progress): void {
      written = true;
      out.write(out.isTTY ? `\r\x1b[K${text(progress)}` : `${text(progress)}\n`);
    },
    end(): void {
      if (written && out.isTTY) out.write('\r\x1b[K');
      written = false;
    },
  };
}

function text(progress: Progress): string {
  if (progress.phase === 'connecting') {
    return `connecting: ${progress.connected} of ${progress.of} are in`;
  }
  if (progress.phase !== 'measuring') return `${progress.phase} …`;
  const rate = Math.round(progress.deliveriesPerSecond).toLocaleString('en');
  const p99 = progress.p99Ms.toFixed(1);
  return `${progress.seconds.toFixed(0)} s: ${rate} deliveries/s, p99 ${p99} ms`;
}
