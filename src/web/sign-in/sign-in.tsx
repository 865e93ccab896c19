import { type FormEvent, useEffect, useRef, useState } from 'react';
import { sentence } from '../../chat/format.ts';
import { ChinwagError } from '../../client/index.ts';
import { limits } from '../../protocol/limits.ts';
import { enter, type Place } from '../place.ts';
import { strings } from '../strings.ts';

interface Props {
  /** Why whoever was signed in no longer is. */
  readonly refusal: string | undefined;
  readonly onWelcome: (place: Place) => void;
}

/** The door: a name, and nothing else. */
export function SignIn({ refusal, onWelcome }: Props) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(refusal);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || name.trim() === '') return;
    setBusy(true);
    setTrouble(undefined);
    try {
      onWelcome(await enter(name.trim(), () => setTrouble(strings.signIn.unreachable)));
    } catch (error) {
      if (!(error instanceof ChinwagError)) throw error;
      setTrouble(sentence(error.message));
      setBusy(false);
    }
  };

  return (
    <main class="sign-in">
      <form class="sign-in-card" onSubmit={submit}>
        <p class="wordmark">{strings.app}</p>
        <h1>{strings.signIn.title}</h1>
        <p class="lead">{strings.signIn.lead}</p>
        <label for="name">{strings.signIn.name}</label>
        <input
          ref={field}
          class="field"
          id="name"
          name="name"
          value={name}
          maxLength={limits.nameChars}
          autoComplete="nickname"
          required
          dir="auto"
          aria-describedby={trouble === undefined ? undefined : 'trouble'}
          aria-invalid={trouble !== undefined}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        {trouble !== undefined && (
          <p id="trouble" class="trouble" role="alert">
            {trouble}
          </p>
        )}
        <button type="submit" class="button primary" disabled={busy}>
          {busy ? strings.signIn.busy : strings.signIn.submit}
        </button>
      </form>
    </main>
  );
}
