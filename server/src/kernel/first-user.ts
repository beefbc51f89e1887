/** The account that a first boot makes, of machines and servers alike. */
export const FIRST_USER = 'jyadmin';
