import { useEffect, useState } from 'react';
import { type Client, createClient } from '../client/index.ts';
import { Chat } from './chat.tsx';
import { identity } from './identity.ts';
import { SignIn } from './sign-in/sign-in.tsx';

/** Somebody's place here: signed in, or at the door. */
export function App() {
  const [client, setClient] = useState<Client | undefined>(returning);
  const [refusal, setRefusal] = useState<string | undefined>();

  useEffect(() => {
    if (client === undefined) return;
    const look = () => {
      const state = client.state.get();
      if (state.status === 'online' && state.token !== undefined) identity.keep(state.token);
      if (state.status !== 'closed') return;
      identity.forget();
      setRefusal(state.why.message);
      setClient(undefined);
    };
    look();
    return client.state.subscribe(look);
  }, [client]);

  if (client !== undefined) return <Chat client={client} />;
  return <SignIn refusal={refusal} onWelcome={setClient} />;
}

/** Whoever was here before needs no name. */
function returning(): Client | undefined {
  const { token } = identity;
  return token === undefined ? undefined : createClient({ url: location.origin, token });
}
