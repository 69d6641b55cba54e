import { describe, expect, test } from '@jest/globals';
import type { Decider, DomainEvent } from './decider.js';
import { idFrom, isUuid, newId } from './ids.js';
import { Refusal } from './refusal.js';
import { specOf } from './spec.js';

type LampEvent = DomainEvent<'SwitchedOn'> | DomainEvent<'SwitchedOff'>;
const on: LampEvent = { type: 'SwitchedOn', data: {} };
const off: LampEvent = { type: 'SwitchedOff', data: {} };

const lamp: Decider<boolean, 'on' | 'off' | 'break', LampEvent> = {
  initialState: false,
  decide(command, lit) {
    if (command === 'break') throw new TypeError('a defect');
    if (command === 'off' && !lit) throw new Refusal('already-dark', 'conflict', 'The lamp is off.', { lit });
    if (command === 'on') return lit ? [] : [on];
    return [off];
  },
  evolve: (_, event) => event.type === 'SwitchedOn',
};
const { given } = specOf(lamp);

describe('the sentence of a rule', () => {
  test('holds when the events, the silence or the refusal are the ones named', () => {
    given().when('on').then(on);
    given(on).when('on').thenNothing();
    given(on, off).when('off').thenRefuses('already-dark', { lit: false });
  });

  test('breaks when they are others', () => {
    expect(() => given().when('on').then(off)).toThrow(/expected.*SwitchedOff/s);
    expect(() => given().when('on').thenNothing()).toThrow(/expected/);
    expect(() => given().when('on').thenRefuses('already-dark')).toThrow(/expected/);
    expect(() => given().when('off').thenRefuses('already-lit')).toThrow(/expected/);
    expect(() => given().when('off').then(off)).toThrow(/expected/);
    expect(() => given().when('off').thenRefuses('already-dark', { lit: true })).toThrow(/expected/);
  });

  test('lets a defect through: it is not a refusal', () => {
    expect(() => given().when('break')).toThrow(TypeError);
  });
});

describe('ids', () => {
  test('made from parts are RFC 9562 version 5 and the same every time', () => {
    // RFC 9562, appendix A.4: the DNS namespace and www.example.com
    expect(idFrom('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
    expect(idFrom('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'a', 'bc')).not.toBe(
      idFrom('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'ab', 'c'),
    );
  });

  test('are told from other text', () => {
    expect(isUuid(newId())).toBe(true);
    expect(isUuid('2ED6657D-E927-568B-95E1-2665A8AEA6A2')).toBe(false);
    expect(isUuid("x' or 1=1")).toBe(false);
  });
});
