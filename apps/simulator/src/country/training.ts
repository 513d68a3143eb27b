import { addMonths, monthOfDay, type Day, type Month } from '@karnama/kernel';
import type { ChunkState, Labour, Person } from './chunk-state.js';
import { dayIn } from './firms.js';
import { newPerson, skillIn, traitsOf } from './persons.js';
import { placeIn } from './places.js';

const agency = 'vocational-training';

const certify = (
  state: ChunkState,
  { search }: Labour,
  person: Person,
  day: Day,
  course: { readonly enrolment: string | null; readonly skill: string | null; readonly area: string },
): void => {
  const { random, ids, emit } = state;
  const certificate = ids.record('c');
  const provider = random.pick(['public', 'private', 'in-plant', 'other', null]);
  emit(agency, {
    kind: 'certificate',
    certificate,
    person: person.id,
    ...course,
    provider,
    day,
    ...traitsOf(person),
  });
  if (random.chance(0.02))
    emit(agency, { kind: 'annulment', certificate, person: person.id, day: day + random.between(5, 200) });
  person.skill = course.skill;
  // the certified are found where employers look
  if (!person.gone && person.search === null && person.jobs.length === 0 && random.chance(0.7))
    search.seekers.push(person);
};

const enrol = (state: ChunkState, labour: Labour, person: Person, month: Month): void => {
  const { random, ids, emit, chunk } = state;
  const enrolment = ids.record('e');
  const day = dayIn(random, month);
  const dueDay = addMonths(day, random.between(1, 6), 'jalali') - 1;
  const course = { enrolment, skill: skillIn(random), area: placeIn(random, chunk.province) };
  const provider = random.pick(['public', 'private', 'in-plant', null]);
  emit(agency, {
    kind: 'enrolment',
    person: person.id,
    ...course,
    provider,
    day,
    dueDay,
    ...traitsOf(person),
  });
  if (!random.chance(0.82)) return;
  const done = dueDay + random.between(-6, 40);
  labour.schedule.later(monthOfDay(done, 'jalali'), () => {
    emit(agency, { kind: 'completion', enrolment, person: person.id, day: done });
    if (random.chance(0.88)) certify(state, labour, person, done + random.between(0, 20), course);
  });
};

/** Courses begin, mostly for those without a job; some take a test without a course. */
export const trainingOfMonth = (state: ChunkState, labour: Labour, month: Month): void => {
  const { random, chunk, people, workshops } = state;
  const { seekers } = labour.search;
  if (workshops.length === 0) return;
  const count = random.count(chunk.jobs * 0.006);
  for (let i = 0; i < count; i += 1) {
    const choice = random.next();
    const person =
      choice < 0.4 && seekers.length > 0
        ? random.pick(seekers)
        : choice < 0.6 && people.length > 0
          ? random.pick(people)
          : newPerson(state, month, random.pick(workshops), true);
    if (random.chance(0.8)) enrol(state, labour, person, month);
    else
      certify(state, labour, person, dayIn(random, month), {
        enrolment: null,
        skill: skillIn(random),
        area: placeIn(random, chunk.province),
      });
  }
};
