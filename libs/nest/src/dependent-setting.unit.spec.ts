import { describe, expect, it } from '@jest/globals';
import { choice, optional, readConfig, text } from './config.js';
import { allowedFor, neededFor } from './dependent-setting.js';
import { optionalSecret } from './secret-setting.js';

const spec = {
  way: optional(choice('WAY', ['train', 'ship', 'foot'])),
  ticket: neededFor('WAY', ['train', 'ship'], optionalSecret('TICKET')),
  cabin: allowedFor('WAY', ['ship'], optional(text('CABIN'))),
};

describe('a setting that depends on the choice of another', () => {
  it('is there when it is needed, may be there when it is allowed, and is absent otherwise', () => {
    expect(readConfig(spec, {})).toEqual({ way: undefined, ticket: undefined, cabin: undefined });
    expect(readConfig(spec, { WAY: 'foot' }).ticket).toBeUndefined();
    expect(readConfig(spec, { WAY: 'ship', TICKET: 't' })).toEqual({ way: 'ship', ticket: 't' });
    expect(readConfig(spec, { WAY: 'ship', TICKET: 't', CABIN: '7' }).cabin).toBe('7');
  });

  it.each([
    [{ WAY: 'train' }, 'TICKET is not set, but WAY is train or ship'],
    [{ WAY: 'train', TICKET: 't', CABIN: '7' }, 'CABIN is set, but WAY is not ship'],
    [{ TICKET: 't' }, 'TICKET is set, but WAY is not train or ship'],
    [
      { WAY: 'wings', TICKET: 't' },
      'WAY must be one of train, ship, foot; TICKET is set, but WAY is not train or ship',
    ],
    [
      { WAY: 'foot', TICKET_FILE: '/nowhere' },
      'TICKET is not set: TICKET_FILE names a file that cannot be read',
    ],
  ])('is refused by name (%#)', (environment, message) => {
    expect(() => readConfig(spec, environment)).toThrow(
      expect.objectContaining({ code: 'bad-configuration', message }),
    );
  });
});
