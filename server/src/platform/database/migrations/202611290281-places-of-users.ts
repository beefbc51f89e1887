import type { Migration } from '../migration.js';

/** Live places of servers that somebody uses and that say something else, apart from whole cabinets of others. */
const ASTRAY = `from cabinet_holder h join server s on s.id = h.subject_id join cabinet c on c.id = h.cabinet_id
  where h.kind = 'SERVER' and h.state <> 'RELEASED' and s.department_id is not null
    and not (h.department_id <=> s.department_id) and (c.department_id is null or c.department_id = s.department_id)`;

/**
 * Servers that came into use before their places followed them stand in places of nobody: the places and addresses become
 * their users', in the space record since the use began.
 */
export const placesOfUsers: Migration = {
  id: '202611290281-places-of-users',
  async up({ sql }) {
    await sql(`insert into cabinet_holder_event (holder_id, version, at, recorded_at, state, cabinet_id, start_half_unit,
        height_half_units, face, power_w, weight_grams, label, department_id)
      select h.id, h.version + 1,
        greatest((select max(e.at) from cabinet_holder_event e where e.holder_id = h.id), least(s.used_since, utc_timestamp(3))),
        greatest((select max(e.recorded_at) from cabinet_holder_event e where e.holder_id = h.id), utc_timestamp(3)), h.state, h.cabinet_id,
        h.start_half_unit, h.height_half_units, h.face, h.power_w, h.weight_grams, h.label, s.department_id ${ASTRAY}`);
    await sql(`update cabinet_holder u join (select h.id, s.department_id ${ASTRAY}) astray on astray.id = u.id
      set u.department_id = astray.department_id, u.version = u.version + 1`);
    await sql(`update address_claim a join server s on s.id = a.subject_id
      set a.department_id = s.department_id, a.version = a.version + 1
      where a.live = 1 and a.state in ('HELD', 'ALLOCATED') and s.department_id is not null
        and not (a.department_id <=> s.department_id)`);
  },
};
