-- Once, on any node; the others take it over. Change every password.
-- The owner migrates; the application reads and writes its own schema and may only insert into and read the audit's.
create user if not exists jiyun_owner@'10.%' identified by 'owner';
create user if not exists jiyun_app@'10.%' identified by 'app';
-- Backups read everything and change nothing.
create user if not exists jiyun_backup@'10.%' identified by 'backup';
-- Copies a node's state, and forces a primary. From the node's own machine only.
create user if not exists jiyun_quorum@localhost identified by 'quorum';
create database if not exists jiyun character set utf8mb4 collate utf8mb4_unicode_ci;
create database if not exists jiyun_audit character set utf8mb4 collate utf8mb4_unicode_ci;
grant all privileges on jiyun.* to jiyun_owner@'10.%';
grant all privileges on jiyun_audit.* to jiyun_owner@'10.%';
grant select, insert, update, delete on jiyun.* to jiyun_app@'10.%';
grant select, insert on jiyun_audit.* to jiyun_app@'10.%';
grant reload, process, binlog monitor, replication slave on *.* to jiyun_backup@'10.%';
grant select, lock tables, show view, event, trigger on jiyun.* to jiyun_backup@'10.%';
grant select, lock tables, show view, event, trigger on jiyun_audit.* to jiyun_backup@'10.%';
grant reload, process, lock tables, binlog monitor, super, read_only admin on *.* to jiyun_quorum@localhost;
grant select, insert, update, delete on jiyun.* to jiyun_quorum@localhost;
grant select, insert on jiyun_audit.* to jiyun_quorum@localhost;
