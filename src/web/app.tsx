import { useCallback, useEffect, useState } from 'react';
import { Chat } from './chat/chat.tsx';
import { forget, type Place, restored } from './place.ts';
import { SignIn } from './sign-in/sign-in.tsx';

/** Somebody's place here: signed in, or at the door. */
export function App() {
  const [place, setPlace] = useState<Place | undefined>(restored);
  const [refusal, setRefusal] = useState<string | undefined>();

  const signOut = useCallback(() => {
    if (place === undefined) return;
    setPlace(undefined);
    void forget(place);
  }, [place]);

  useEffect(() => {
    if (place === undefined) return;
    return place.onEnd((why) => {
      setRefusal(why);
      setPlace(undefined);
    });
  }, [place]);

  if (place === undefined) return <SignIn refusal={refusal} onWelcome={setPlace} />;
  return <Chat client={place.client} onSignOut={signOut} />;
}
