/** Drawn here, in the colour of the text around them. The button that holds one says what it does. */

export function MenuIcon() {
  return <Icon path="M4 7h16M4 12h16M4 17h16" />;
}

export function SearchIcon() {
  return <Icon path="M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM16.5 16.5 20 20" />;
}

export function PeopleIcon() {
  return (
    <Icon path="M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.6-3.6 3-5.5 6.5-5.5s5.900 1.900 6.500 5.500M15.500 4.300a3.500 3.500 0 0 1 0 6.400M18 14.900c2 .8 3.200 2.500 3.600 5.100" />
  );
}

export function GearIcon() {
  return (
    <Icon path="M4 7h9M17 7h3M4 17h3M11 17h9M15 4.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400ZM9 14.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400Z" />
  );
}

export function HelpIcon() {
  return (
    <Icon path="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM9.500 9.500c0-1.500 1.100-2.500 2.500-2.500s2.500 1 2.500 2.300c0 1.900-2.500 2.100-2.500 4.200M12 16.800v.2" />
  );
}

export function PlusIcon() {
  return <Icon path="M12 5v14M5 12h14" />;
}

export function CloseIcon() {
  return <Icon path="M6 6l12 12M18 6 6 18" />;
}

export function SendIcon() {
  return <Icon path="M5 12 4 4.500l16.500 7.500L4 19.500 5 12Zm0 0h7" />;
}

function Icon({ path }: { readonly path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
