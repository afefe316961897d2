/** The package's entry for browsers: its other one asks Node for the end of a line. */
declare module 'hjson/bundle/hjson.js' {
  import Hjson from 'hjson';
  export default Hjson;
}
