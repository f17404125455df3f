// What a program does once at its start.
#pragma once

namespace b3o {

// Makes the threads of the maths library sleep, not spin, while they wait for each other: with a busy neighbour
// spinning costs most of the speed. The library reads the setting before main starts, so the program replaces itself by
// a second start of itself with it set. Call first in main; returns when nothing is left to do.
void start_with_sleeping_threads(char** argv);

}  // namespace b3o
