import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followHistory } from './route.ts';
import { startServiceWorker } from './service-worker.ts';
import { followSettings } from './settings.ts';

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no place for the app');
followSettings();
followHistory();
createRoot(place).render(<App />);
startServiceWorker();
