/** A system call as strace shows it. A sync counts when it returns, all else when it begins. */
export type SystemCall = {
  readonly name: string;
  readonly descriptor: string;
  readonly rest: string;
};

const BEGUN = /^(\d+) +(\w+)\((\d+)(.*)$/;
const RETURNED = /^(\d+) +<\.\.\. (\w+) resumed>.*= 0$/;

/** Reads what `strace -f` wrote. */
export function* systemCalls(trace: string): Generator<SystemCall> {
  const under = new Map<string, SystemCall>();
  for (const line of trace.split('\n')) {
    const [, thread = '', name, descriptor, rest] = BEGUN.exec(line) ?? [];
    if (name !== undefined && descriptor !== undefined && rest !== undefined) {
      const call = { name, descriptor, rest };
      if (!isSync(call)) yield call;
      else if (rest.endsWith('= 0')) yield call;
      else under.set(thread, call);
      continue;
    }
    const [, returned = ''] = RETURNED.exec(line) ?? [];
    const call = under.get(returned);
    if (call !== undefined) yield call;
    under.delete(returned);
  }
}

export function isSync({ name }: SystemCall): boolean {
  return name === 'fsync' || name === 'fdatasync';
}
