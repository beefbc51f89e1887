-- The owner migrates; the application reads and writes its own schema and may only insert into and read the audit's.
create user if not exists jiyun_owner@'%' identified by 'owner';
create user if not exists jiyun_app@'%' identified by 'app';
create database if not exists jiyun_audit character set utf8mb4;
grant all privileges on jiyun.* to jiyun_owner@'%';
grant all privileges on jiyun_audit.* to jiyun_owner@'%';
grant select, insert, update, delete on jiyun.* to jiyun_app@'%';
grant select, insert on jiyun_audit.* to jiyun_app@'%';
