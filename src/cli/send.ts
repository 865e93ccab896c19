import { strip } from '../chat/strip.ts';
import { ChinwagError, type Client, systemClock } from '../client/index.ts';
import { code, codeChars } from './code.ts';
import { Courier, type Said } from './courier.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { failureOf } from './failure.ts';
import type { GivenTo } from './flags.ts';
import { fold, type Part } from './fold.ts';
import { jsonLine } from './message-line.ts';
import { type Order, orderOf } from './order.ts';
import { replyTo } from './reply.ts';
import { signIn } from './sign-in.ts';
import { type TwoSignals, twoSignals } from './signals.ts';

/** Lines that come within this time are one message. */
const WINDOW_MS = 250;

type Outcome = { readonly code: ExitCode; readonly last?: Said };

/** Says something, and ends when the server has it on disk. */
export async function send(given: GivenTo<'send'>): Promise<ExitCode> {
  const order = orderOf(given);
  const client = await signIn(order.place, order.timeoutMs);
  const signals = twoSignals();
  try {
    const wait = order.waitReplyMs;
    const reply = wait === undefined ? undefined : replyTo(client, order.room, wait);
    const { limits } = await client.ready();
    const say = order.text === undefined ? sayInput : sayText;
    const outcome = await say(order, client, limits.textChars, signals);
    if (reply === undefined || outcome.code !== exitCodes.done) return outcome.code;
    return await printReply(order, reply, outcome.last);
  } finally {
    signals.end();
    client.close();
    process.stdin.destroy();
  }
}

async function sayText(order: Order, client: Client, limit: number, { first }: TwoSignals) {
  const text = order.isCode ? code(order.text ?? '') : (order.text ?? '');
  const { length } = [...text];
  if (length > limit) {
    const message = `the text has ${length} characters and a message at most ${limit}; pipe it in, and it goes as several`;
    throw new ChinwagError('too_long', message);
  }
  const courier = new Courier(client, order, first);
  return { code: exitCodes.done, last: await courier.say(text) };
}

async function sayInput(
  order: Order,
  client: Client,
  limit: number,
  { first, second }: TwoSignals,
): Promise<Outcome> {
  const courier = new Courier(client, order, second);
  const parts = fold(process.stdin.setEncoding('utf8'), {
    limit: order.isCode ? limit - codeChars : limit,
    windowMs: order.key === undefined ? WINDOW_MS : undefined,
    clock: systemClock,
    stop: first,
  });
  let outcome: Outcome = { code: exitCodes.done };
  let line = 0;
  for await (const part of parts) {
    try {
      const last = await courier.say(order.isCode ? code(part.text) : part.text);
      outcome = { ...outcome, last };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      if (!(error instanceof ChinwagError) || error.code !== 'invalid') {
        complain(`${failure.sentence}; not said for certain: ${linesOf(part)}, and what follows`);
        return { code: failure.code };
      }
      // What is wrong is these lines: the next ones may be right.
      complain(`not said: ${linesOf(part)}: ${failure.sentence}`);
      outcome = { ...outcome, code: failure.code };
    }
    line = part.last;
  }
  if (!first.aborted) return outcome;
  complain(`${String(first.reason)}; what came after line ${line} was not said`);
  return { code: exitCodes.refused };
}

async function printReply(order: Order, reply: ReturnType<typeof replyTo>, said: Said | undefined) {
  if (said === undefined) {
    complain('nothing came in, so there is nothing to reply to');
    return exitCodes.refused;
  }
  const message = await reply(said);
  if (message === undefined) {
    complain(`nobody replied to message ${said.seq} in time; ask again, or wait longer`);
    return exitCodes.refused;
  }
  console.log(order.isJson ? jsonLine({ type: 'message', ...message }) : strip(message.text));
  return exitCodes.done;
}

function linesOf({ first, last }: Part): string {
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
}

function complain(sentence: string): void {
  console.error(`chinwag send: ${sentence}`);
}
