export * from './movements/events.js';
export * from './movements/movement.js';
