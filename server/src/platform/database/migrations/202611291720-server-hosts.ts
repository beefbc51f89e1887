import type { Migration } from '../migration.js';

const ID = 'char(36) character set ascii collate ascii_bin';
const WORD = 'varchar(20) character set ascii collate ascii_bin';

/** Of servers with a BareMetalHost: what it shall be, and where it stood last. Without a row people do everything to it. */
export const serverHosts: Migration = {
  id: '202611291720-server-hosts',
  async up({ sql }) {
    await sql(`create table server_host (
      server_id ${ID} not null primary key,
      center_id ${ID} not null,
      management ${WORD} not null,
      registered tinyint(1) not null,
      use_id ${ID} null,
      line_id ${ID} null,
      request_code varchar(30) character set ascii collate ascii_bin null,
      image longtext null,
      image_round int not null,
      online tinyint(1) not null,
      reboot_round int not null,
      claimed_at datetime(3) null,
      delivered_at datetime(3) null,
      wipe longtext null,
      wiped_at datetime(3) null,
      phase ${WORD} not null,
      status_text longtext not null,
      progress_percent smallint null,
      powered_on tinyint(1) null,
      tries int not null,
      host_state varchar(40) character set ascii collate ascii_bin not null,
      observed_at datetime(3) null,
      key ix_server_host_center (center_id, server_id),
      key ix_server_host_line (line_id),
      constraint fk_server_host_server foreign key (server_id) references server (id) on delete restrict on update no action,
      constraint ck_server_host_management check (management in ('DRIVEN', 'RECORDED')),
      constraint ck_server_host_use check ((use_id is null) = (image is null))
    ) engine=InnoDB`);
  },
};
