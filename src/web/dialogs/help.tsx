import { commandsOf, usage } from '../../chat/slash.ts';
import { strings } from '../strings.ts';
import { Modal } from './modal.tsx';

export function Help({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal title={strings.help.title} wide onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: arrows scroll what has the focus */}
      <section class="help" tabIndex={0} aria-label={strings.help.title}>
        <section>
          <h3>{strings.help.keys}</h3>
          <dl>
            {strings.keys.map(([keys, meaning]) => (
              <div key={keys}>
                <dt>
                  {keys.split(' ').map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>{strings.help.commands}</h3>
          <dl>
            {commandsOf('browser').map((command) => (
              <div key={command.name}>
                <dt>
                  <code>{usage(command)}</code>
                </dt>
                <dd>{command.help}</dd>
              </div>
            ))}
          </dl>
        </section>
      </section>
    </Modal>
  );
}
