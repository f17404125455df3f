# Finds libtorch inside the PyTorch wheel (or in LIBTORCH=/path) without needing a CUDA toolkit.
# Defines the imported target torch_wheel and the variables TorchWheel_VERSION and TorchWheel_CUDA.
set(_root "$ENV{LIBTORCH}")
if(NOT _root)
  set(_root "${CMAKE_SOURCE_DIR}/.deps/python/torch")
endif()
get_filename_component(_root "${_root}" ABSOLUTE)

set(TorchWheel_VERSION "")
if(EXISTS "${_root}/version.py")
  file(STRINGS "${_root}/version.py" _line REGEX "^__version__")
  string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" TorchWheel_VERSION "${_line}")
elseif(EXISTS "${_root}/build-version")
  file(STRINGS "${_root}/build-version" _line LIMIT_COUNT 1)
  string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" TorchWheel_VERSION "${_line}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(TorchWheel
  REQUIRED_VARS _root TorchWheel_VERSION
  VERSION_VAR TorchWheel_VERSION
  REASON_FAILURE_MESSAGE
    "No libtorch in '${_root}'. Start ./run or ./test, which fetch it, or set LIBTORCH to a libtorch folder.")

set(_libs)
foreach(_name torch torch_cpu c10 torch_cuda c10_cuda)
  if(EXISTS "${_root}/lib/lib${_name}.so")
    list(APPEND _libs "${_root}/lib/lib${_name}.so")
  endif()
endforeach()
set(TorchWheel_CUDA OFF)
if(EXISTS "${_root}/lib/libtorch_cuda.so")
  set(TorchWheel_CUDA ON)
endif()

if(TorchWheel_FOUND AND NOT TARGET torch_wheel)
  add_library(torch_wheel INTERFACE IMPORTED)
  target_include_directories(torch_wheel SYSTEM INTERFACE
    "${_root}/include" "${_root}/include/torch/csrc/api/include")
  # --no-as-needed: nothing calls into torch_cuda by name (it registers itself), so Ubuntu's linker would drop it.
  target_link_libraries(torch_wheel INTERFACE -Wl,--no-as-needed ${_libs} -Wl,--as-needed)
  target_link_options(torch_wheel INTERFACE "-Wl,-rpath,${_root}/lib" "-Wl,-rpath-link,${_root}/lib")
endif()
