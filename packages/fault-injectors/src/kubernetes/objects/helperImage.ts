/** What pods that a fault makes run, where no other image is given: needs a shell, `dd`, `df` and `rm`. */
export const HELPER_IMAGE = 'busybox:1.37';
