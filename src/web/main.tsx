import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { markdown } from './parts.ts';
import { followHistory } from './route.ts';
import { followSettings } from './settings.ts';
import { registerWorker } from './trusted.ts';

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no place for the app');
followSettings();
followHistory();
createRoot(place).render(<App />);

// Who comes back needs it as soon as the room has answered.
markdown.fetch().catch(() => {});
// Without it the page is not installable, and all the rest works.
registerWorker().catch(() => {});
