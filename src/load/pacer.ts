import type { Member } from './member.ts';
import type { Pace } from './plan.ts';

/** Sends `count` messages of one sender, stamped with the time each was due. */
export type SendNow = (sender: Member, due: number, count: number) => void;

/** Decides when each sender sends. `start` once, `stop` once; times in microseconds. */
export type Pacer = {
  start(): void;
  /** A message of this sender has come back. */
  back(sender: Member): void;
  /** Everything that was read at once has been looked at. */
  read(): void;
  stop(): void;
};

export function pacerOf(pace: Pace, senders: Member[], send: SendNow, now: () => number): Pacer {
  return pace.kind === 'closed'
    ? closedLoop(pace.inFlight, senders, send, now)
    : openLoop(pace.perSecond, senders, send, now);
}

function closedLoop(inFlight: number, senders: Member[], send: SendNow, now: () => number): Pacer {
  let running = false;
  let hungry: Member[] = [];
  const fill = (sender: Member) => {
    const count = inFlight - sender.underWay;
    sender.underWay = inFlight;
    send(sender, now(), count);
  };
  return {
    start() {
      running = true;
      senders.forEach(fill);
    },
    back(sender) {
      if (sender.underWay === inFlight) hungry.push(sender);
      sender.underWay -= 1;
    },
    read() {
      if (hungry.length === 0) return;
      const fed = hungry;
      hungry = [];
      if (running) fed.forEach(fill);
    },
    stop() {
      running = false;
    },
  };
}

/** Message k is due k intervals after the start and is sent late rather than not at all. */
function openLoop(perSecond: number, senders: Member[], send: SendNow, now: () => number): Pacer {
  const interval = 1e6 / perSecond;
  let timer: NodeJS.Timeout | undefined;
  let begun = 0;
  let next = 0;
  const tick = () => {
    const present = now();
    while (begun + next * interval <= present) {
      const sender = senders[next % senders.length];
      if (sender !== undefined) send(sender, Math.floor(begun + next * interval), 1);
      next += 1;
    }
    timer = setTimeout(tick, (begun + next * interval - present) / 1000);
  };
  return {
    start() {
      begun = now();
      tick();
    },
    back() {},
    read() {},
    stop: () => clearTimeout(timer),
  };
}
