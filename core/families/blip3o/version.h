// What recipes say about the program that made a picture.
#pragma once

namespace b3o {

inline constexpr const char* kProgramVersion = B3O_VERSION;  // set by the build from the project's version

}  // namespace b3o
