import { runProcess } from '@karnama/nest';
import { configOf } from './config.js';
import { startIntake } from './start.js';

await runProcess({ app: 'intake', config: () => configOf(), start: startIntake });
