import { useState } from 'react';
import { themes } from '../../chat/slash.ts';
import { strip } from '../../chat/strip.ts';
import { useActions } from '../actions.ts';
import { useSession } from '../session.ts';
import { change, densities, noticeKinds, type Settings, settings, times } from '../settings.ts';
import { strings } from '../strings.ts';
import { useStore } from '../use-store.ts';
import { ChoiceOf } from './choice-of.tsx';
import { Modal } from './modal.tsx';

/** How this person wants it. What is chosen holds at once. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { me } = useSession();
  const { signOut } = useActions();
  const { theme, density, time, notices } = useStore(settings);
  const [trouble, setTrouble] = useState<string | undefined>();

  // The browser asks the person, and only because they clicked.
  const chooseNotices = async (wanted: Settings['notices']) => {
    setTrouble(undefined);
    if (wanted === 'off') return change({ notices: 'off' });
    if (typeof Notification === 'undefined' || !isSecureContext) {
      return setTrouble(strings.settings.noticesImpossible);
    }
    const permission = await Notification.requestPermission();
    if (permission === 'granted') change({ notices: wanted });
    else setTrouble(strings.settings.noticesDenied);
  };

  return (
    <Modal title={strings.settings.title} onClose={onClose}>
      <div class="form">
        <ChoiceOf
          label={strings.settings.theme}
          values={themes}
          names={strings.settings.themes}
          chosen={theme}
          onChoose={(value) => change({ theme: value })}
        />
        <ChoiceOf
          label={strings.settings.density}
          values={densities}
          names={strings.settings.densities}
          chosen={density}
          onChoose={(value) => change({ density: value })}
        />
        <ChoiceOf
          label={strings.settings.time}
          values={times}
          names={strings.settings.times}
          chosen={time}
          onChoose={(value) => change({ time: value })}
        />
        <ChoiceOf
          label={strings.settings.notices}
          values={noticeKinds}
          names={strings.settings.noticeKinds}
          chosen={notices}
          onChoose={chooseNotices}
        />
        <p class="trouble" role="alert">
          {trouble}
        </p>
        {me !== undefined && (
          <div class="sign-out">
            <div>
              <p>
                <bdi>{strings.settings.signedInAs(strip(me.name))}</bdi>
              </p>
              <p class="quiet">{strings.settings.signOutHint}</p>
            </div>
            <button type="button" class="button" onClick={signOut}>
              {strings.settings.signOut}
            </button>
          </div>
        )}
      </div>
    </Modal>
  );
}
