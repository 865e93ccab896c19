import { LocalBus } from '../../../src/server/bus/local.ts';
import { busContract } from '../../contracts/bus.ts';

busContract('LocalBus', () => new LocalBus());
