import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where this user's settings are. */
export function configFolder({ XDG_CONFIG_HOME }: Environment): string {
  return join(given(XDG_CONFIG_HOME) ?? join(homedir(), '.config'), 'chinwag');
}

/** Where this machine keeps what one person left unfinished at one server. */
export function personFolder(environment: Environment, server: string, name: string): string {
  const { XDG_STATE_HOME } = environment;
  const state = given(XDG_STATE_HOME) ?? join(homedir(), '.local', 'state');
  // A name may hold what no file system takes, or more of it.
  const person = createHash('sha256').update(`${name}@${server}`).digest('hex').slice(0, 32);
  return join(state, 'chinwag', 'people', person);
}

/** An empty variable is as good as none, says the XDG base directory specification. */
function given(path: string | undefined): string | undefined {
  return path === '' ? undefined : path;
}
