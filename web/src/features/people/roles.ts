import type { Role } from '../../graphql/enums';

const known = {
  APPLICANT: 1,
  DEPARTMENT_HEAD: 1,
  VENDOR_STAFF: 1,
  CITY_ADMINISTRATOR: 1,
  CITY_FINANCE: 1,
  CENTER_ACCEPTANCE: 1,
  CENTER_REVIEWER: 1,
  CAPACITY_ALLOCATOR: 1,
  FACILITY_ENGINEER: 1,
  PROVIDER_OPERATOR: 1,
  CLOUD_AUTHORITY: 1,
  LEADER: 1,
  FINANCE: 1,
  DR_OPERATOR: 1,
  DUTY_ENGINEER: 1,
  SYSTEM_ADMINISTRATOR: 1,
  SECURITY_ADMINISTRATOR: 1,
  AUDIT_ADMINISTRATOR: 1,
  ASSESSOR: 1,
} satisfies Record<Role, 1>;

/** Every role; one that the server learns and the screen does not know fails the build above. */
export const roles = Object.keys(known) as Role[];
