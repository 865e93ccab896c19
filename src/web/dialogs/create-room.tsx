import { type FormEvent, useState } from 'react';
import { sentence } from '../../chat/format.ts';
import { ChinwagError } from '../../client/index.ts';
import { limits } from '../../protocol/limits.ts';
import { roomNamePattern } from '../../protocol/room-name.ts';
import { useActions } from '../actions.ts';
import { useSession } from '../session.ts';
import { strings } from '../strings.ts';
import { Modal } from './modal.tsx';

export function CreateRoom({ onClose }: { readonly onClose: () => void }) {
  const { client } = useSession();
  const { goTo } = useActions();
  const [room, setRoom] = useState('');
  const [title, setTitle] = useState('');
  const [trouble, setTrouble] = useState<string | undefined>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!new RegExp(roomNamePattern).test(room)) {
      setTrouble(strings.create.nameWrong);
      return;
    }
    try {
      await client.create({ room, ...(title.trim() === '' ? {} : { title: title.trim() }) });
      onClose();
      goTo(room);
    } catch (error) {
      if (!(error instanceof ChinwagError)) throw error;
      setTrouble(sentence(error.message));
    }
  };

  return (
    <Modal title={strings.create.title} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        <label for="room-name">{strings.create.name}</label>
        <input
          autofocus
          id="room-name"
          class="field"
          value={room}
          maxLength={limits.roomChars}
          required
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          aria-describedby="room-name-hint room-trouble"
          aria-invalid={trouble !== undefined}
          onInput={({ currentTarget }) => setRoom(currentTarget.value.toLowerCase())}
        />
        <p id="room-name-hint" class="quiet">
          {strings.create.nameHint}
        </p>
        <label for="room-title">{strings.create.roomTitle}</label>
        <input
          id="room-title"
          class="field"
          dir="auto"
          value={title}
          maxLength={limits.titleChars}
          autoComplete="off"
          onInput={({ currentTarget }) => setTitle(currentTarget.value)}
        />
        <p id="room-trouble" class="trouble" role="alert">
          {trouble}
        </p>
        <div class="form-foot">
          <button type="button" class="button" onClick={onClose}>
            {strings.create.cancel}
          </button>
          <button type="submit" class="button primary">
            {strings.create.submit}
          </button>
        </div>
      </form>
    </Modal>
  );
}
