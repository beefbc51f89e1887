/** Words of disks that outlive their machines. */
export const keptDisks = {
  keptDisk: {
    list: 'Kept disks',
    lead: 'Disks that were kept when their machines were released: compute went back, storage is still claimed in pool and quota, and each is deleted on its day.',
    panel: 'Kept disks',
    machine: 'Former machine',
    of: 'Of',
    own: 'Its own disk',
    attachedTo: 'Attached to',
    until: 'Kept until',
    untilDay: 'Kept until {{at}}, then deleted',
    searchPlaceholder: 'Name or code of the former machine',
    state: { KEPT: 'Kept', ATTACHED: 'Attached', ENDING: 'Being deleted', GONE: 'Deleted' },
    end: { TIME: 'Its time was over', GIVEN_UP: 'Given up', MACHINE: 'Went with its machine' },
    none: 'No disk is kept',
    noneText:
      'When a machine is released its disk may be kept for a time, and attached to another machine of its system.',
    keep: 'Keep its disk after the machine is gone',
    days: 'Days',
    daysHint:
      '{{most}} at most. Its storage still counts against the quota; a machine of the same system and center may have it.',
    daysMissing: 'Say for how many days',
    wish: 'Disk kept after release',
    wishDays_one: '{{count}} day',
    wishDays_other: '{{count}} days',
    act: { ATTACH: 'Attach', DETACH: 'Detach', GIVE_UP: 'Give up' },
    attachTitle: 'Attach the disk of {{name}}',
    attachText:
      'It no longer ends by itself. The machine sees it from its next start on, and it goes where the machine goes.',
    attachDone: 'The disk of {{name}} is attached; its machine sees it when it starts',
    target: 'Machine',
    targetHint: 'Of the same system and center, stopped.',
    targetMissing: 'Choose a machine',
    noTargets:
      'The system has no machine in use in this center. Ask for one here first; attach the disk when it runs, before the day on which it ends.',
    detachTitle: 'Detach the disk of {{name}} from {{machine}}',
    detachText: 'Its time begins anew, and it is deleted at the end of it.',
    detachDone: 'The disk of {{name}} is detached',
    giveUpTitle: 'Give up the disk of {{name}}',
    giveUpText:
      'The disk and all that is on it are deleted at once; its storage goes back to pool and quota. This cannot be undone.',
    giveUpDone: 'The disk of {{name}} is being deleted',
  },
};
